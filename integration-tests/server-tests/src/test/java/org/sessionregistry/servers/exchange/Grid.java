package org.sessionregistry.servers.exchange;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import com.hazelcast.config.CacheSimpleConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/** The same cache of JCache as two nodes see it; closed by its test. */
record Grid(Cache<String, String> first, Cache<String, String> second, Runnable end)
    implements AutoCloseable {
  private static final String NAME = "cookies";

  /** Which product keeps the cache. */
  enum Kind {
    /** One cache in this JVM, which both nodes use. */
    CAFFEINE {
      @Override
      Grid start() {
        CachingProvider provider = new CaffeineCachingProvider();
        CacheManager manager = provider.getCacheManager();
        Cache<String, String> cache =
            manager.createCache(
                NAME,
                new MutableConfiguration<String, String>().setTypes(String.class, String.class));
        return new Grid(cache, cache, provider::close);
      }
    },
    /** Two members of a cluster on the loopback interface, which exchange entries over sockets. */
    HAZELCAST {
      @Override
      Grid start() {
        String cluster = UUID.randomUUID().toString();
        HazelcastInstance first = Hazelcast.newHazelcastInstance(member(cluster, null));
        String address = "127.0.0.1:" + first.getCluster().getLocalMember().getAddress().getPort();
        HazelcastInstance second = Hazelcast.newHazelcastInstance(member(cluster, address));
        if (second.getCluster().getMembers().size() != 2) {
          throw new AssertionError("a cluster of " + second.getCluster().getMembers());
        }
        return new Grid(
            first.getCacheManager().getCache(NAME),
            second.getCacheManager().getCache(NAME),
            () -> {
              second.getLifecycleService().terminate();
              first.getLifecycleService().terminate();
            });
      }

      private Config member(String cluster, String other) {
        Config config = new Config();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().setPort(0);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        if (other != null) {
          join.getTcpIpConfig().addMember(other);
        }
        config.addCacheConfig(new CacheSimpleConfig(NAME));
        return config;
      }
    };

    abstract Grid start();
  }

  @Override
  public void close() {
    end.run();
  }
}
