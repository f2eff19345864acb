package org.sessionregistry.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A file that is not complete yet, beside the target whose name it gets when it is. It blocks; for
 * one thread at a time.
 */
final class PartialFile {
  private final Path target;
  private final Path path;
  private final FileChannel channel;
  private final boolean kept;

  private PartialFile(Path target, Path path, FileChannel channel, boolean kept) {
    this.target = target;
    this.path = path;
    this.channel = channel;
    this.kept = kept;
  }

  /** A new one, which is deleted if it does not become complete. */
  static PartialFile fresh(Path target) throws IOException {
    Path path = target.resolveSibling(Remains.nameOf(target) + "." + UUID.randomUUID() + ".part");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    return new PartialFile(target, path, channel, false);
  }

  /**
   * One that a later download can go on with, if there is a validator for it.
   *
   * @param already what of it is there and stays, 0 to begin anew
   */
  static PartialFile lasting(Remains remains, Optional<String> validator, long already)
      throws IOException {
    FileChannel channel =
        FileChannel.open(remains.partial(), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      lock(channel, remains.partial());
      if (already > channel.size()) {
        throw new IOException(remains.partial() + " has become shorter");
      }
      remains.remember(validator);
      channel.truncate(already);
      channel.position(already);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new PartialFile(remains.target(), remains.partial(), channel, validator.isPresent());
  }

  /** Until the channel is closed. */
  private static void lock(FileChannel channel, Path path) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      throw new IOException("another download is writing " + path, inThisProcess);
    }
    throw new IOException("another download is writing " + path);
  }

  void write(ByteBuffer part) throws IOException {
    while (part.hasRemaining()) {
      channel.write(part);
    }
  }

  /** Gives the file its name. */
  void complete() throws IOException {
    channel.close();
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
    Remains.of(target).forgetValidator();
  }

  /** It will not become complete now. */
  void abandon() throws IOException {
    channel.close();
    if (!kept) {
      Files.deleteIfExists(path);
    }
  }
}
