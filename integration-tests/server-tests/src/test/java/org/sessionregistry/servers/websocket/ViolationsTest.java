package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.FailureKind;

/** What a server must not send: the client says so with the right code, and fails. */
class ViolationsTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  @ParameterizedTest(name = "section {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "5.1 | masked frame from the server | 8181 00000000 41 | 1002",
        "5.2 | RSV1 without an extension | C101 41 | 1002",
        "5.2 | RSV2 | A101 41 | 1002",
        "5.2 | RSV3 | 9101 41 | 1002",
        "5.2 | RSV1 in a ping | C900 | 1002",
        "5.2 | reserved opcode 3 | 8300 | 1002",
        "5.2 | reserved opcode 7 | 8700 | 1002",
        "5.2 | reserved control opcode B | 8B00 | 1002",
        "5.2 | reserved control opcode F | 8F00 | 1002",
        "5.2 | length in more bytes than needed, 16 bit | 817E 0001 41 | 1002",
        "5.2 | length in more bytes than needed, 64 bit | 817F 0000000000000001 41 | 1002",
        "5.2 | length with the highest bit | 827F 8000000000000001 41 | 1002",
        "5.4 | continuation of nothing | 8001 41 | 1002",
        "5.4 | first frame of a message within another | 0101 41 8101 42 | 1002",
        "5.4 | continuation after the end | 0101 41 8001 42 8001 43 | 1002",
        "5.5 | fragmented ping | 0900 | 1002",
        "5.5 | fragmented close | 0802 03E8 | 1002",
        "5.5 | ping of 126 bytes | 897E 007E | 1002",
        "5.5.1 | close with half a code | 8801 03 | 1002",
        "5.5.1 | reason that is not UTF-8 | 8804 03E8 C328 | 1007",
        "7.4.1 | close code 999 | 8802 03E7 | 1002",
        "7.4.1 | close code 1004 | 8802 03EC | 1002",
        "7.4.1 | close code 1005 | 8802 03ED | 1002",
        "7.4.1 | close code 1006 | 8802 03EE | 1002",
        "7.4.1 | close code 1015 | 8802 03F7 | 1002",
        "7.4.2 | close code 1016 | 8802 03F8 | 1002",
        "7.4.2 | close code 2999 | 8802 0BB7 | 1002",
        "7.4.2 | close code 5000 | 8802 1388 | 1002",
        "8.1 | text that is not UTF-8 | 8102 C328 | 1007",
        "8.1 | text that ends within a character | 8101 C3 | 1007",
        "8.1 | a surrogate in UTF-8 | 8103 EDA080 | 1007",
        "8.1 | an overlong encoding | 8102 C0AF | 1007",
        "8.1 | beyond U+10FFFF, noticed before the message ends | 0104 F4908080 | 1007",
        "8.1 | wrong only across fragments | 0101 C3 8001 41 | 1007",
        "10.4 | frame larger than the limit | 827F 0000000010000000 | 1009",
      })
  void isAnsweredWithItsCode(String section, String what, String hex, int code) throws Exception {
    play(false, hex, code);
  }

  @ParameterizedTest(name = "RFC 7692 section {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "6 | RSV1 in a continuation | 4101 00 C001 00 | 1002",
        "6 | RSV1 in a control frame | C900 | 1002",
        "6 | RSV2 | A101 00 | 1002",
        "7.2.2 | what cannot be decompressed | C104 FFFFFFFF | 1007",
        "8.1 | text that is not UTF-8, compressed | C108 00 0200 FDFF C328 00 | 1007",
      })
  void ofCompressionIsAnsweredWithItsCode(String section, String what, String hex, int code)
      throws Exception {
    play(true, hex, code);
  }

  private void play(boolean compression, String hex, int code) throws Exception {
    CompletableFuture<Integer> answered = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              if (compression) {
                peer.handshakeWithCompression();
              } else {
                peer.handshake();
              }
              peer.sendHex(hex);
              answered.complete(peer.readClose().code());
            });
    ClientSession session = world.session();
    Recorder recorder = new Recorder(false);
    session
        .webSocket(server.origin())
        .compression(compression)
        .maxMessageSize(1 << 20)
        .connect(recorder);

    assertThat(answered.get(20, TimeUnit.SECONDS)).isEqualTo(code);
    FailureKind kind =
        code == 1009 ? FailureKind.WEB_SOCKET_MESSAGE_TOO_LARGE : FailureKind.WEB_SOCKET_PROTOCOL;
    assertThat(recorder.awaitEnd()).isEqualTo("failure " + kind);
    assertThat(session.statistics().failures()).containsOnlyKeys(kind);
  }
}
