package org.sessionregistry.jmx;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.sessionregistry.ClientSession;
import org.sessionregistry.FailureKind;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.RegistryStatistics;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingsExplanation;

/** Statistics in which every number is another, so that none can stand in the place of another. */
final class Figures {
  private Figures() {}

  /** Numbers from 101 on, in the order of the components; those of the pool after them. */
  static SessionStatistics session(String name) {
    return record(SessionStatistics.class, name, new AtomicInteger(100));
  }

  /** Those, but of a pool whose queue has no limit. */
  static SessionStatistics withoutQueueLimit(SessionStatistics of) {
    return with(of, of.pool(), with(of.pool(), of.pool().queueLimit(), OptionalInt.empty()));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> T with(T record, Object part, Object instead) {
    return create(
        (Class<T>) record.getClass(),
        component -> {
          try {
            Object value = component.getAccessor().invoke(record);
            return value.equals(part) ? instead : value;
          } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static <T extends Record> T record(Class<T> type, String name, AtomicInteger last) {
    return create(type, component -> value(component.getType(), name, last));
  }

  private static <T extends Record> T create(
      Class<T> type, Function<RecordComponent, Object> valueOf) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(valueOf).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(Class<?> type, String name, AtomicInteger last) {
    if (type == String.class) {
      return name;
    } else if (type == Optional.class) {
      return Optional.of("pool of " + name);
    } else if (type == List.class) {
      int inUse = last.incrementAndGet();
      return List.of(new PoolStatistics.Holder(name, inUse, last.incrementAndGet()));
    } else if (type == PoolStatistics.class) {
      return record(PoolStatistics.class, name, last);
    } else if (type == Map.class) {
      return Map.of(FailureKind.QUEUE_FULL, (long) last.incrementAndGet());
    } else if (type == Duration.class) {
      return Duration.ofMillis(last.incrementAndGet());
    } else if (type == int.class) {
      return last.incrementAndGet();
    } else if (type == OptionalInt.class) {
      return OptionalInt.of(last.incrementAndGet());
    } else if (type == long.class) {
      return (long) last.incrementAndGet();
    }
    throw new AssertionError("a statistic of type " + type + "; make one here, and an attribute");
  }

  /** With the sessions named. */
  static SessionRegistry registry(String... names) {
    return new Registry(new LinkedHashSet<>(Arrays.asList(names)));
  }

  private record Registry(Set<String> names) implements SessionRegistry {
    @Override
    public RegistryStatistics statistics() {
      Map<String, SessionStatistics> sessions = new LinkedHashMap<>();
      names.forEach(name -> sessions.put(name, Figures.session(name)));
      return new RegistryStatistics(sessions);
    }

    @Override
    public ClientSession session(String name, String tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SettingsExplanation> explain(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<SettingsExplanation> explain(String name, String tenant) {
      return Optional.empty();
    }

    @Override
    public ReloadReport reload() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClientSession session(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ClientSession> find(String name) {
      return Optional.empty();
    }

    @Override
    public ClientSession open(SessionSettings settings, SessionHooks hooks) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> closeAsync() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
