package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where sessions are injected, brought from the build to where the application runs. Public for the
 * container only. Immutable; any thread.
 */
public final class InjectionSites {
  static final String PLACES = "places";
  static final String NAMES = "names";
  static final String OPTIONAL = "optional";

  private final List<InjectionSite> sites;

  private InjectionSites(List<InjectionSite> sites) {
    this.sites = List.copyOf(sites);
  }

  List<InjectionSite> sites() {
    return sites;
  }

  /** Makes them of what the build has written down. */
  public static final class Creator implements SyntheticBeanCreator<InjectionSites> {
    /** Made by the container. */
    public Creator() {}

    @Override
    public InjectionSites create(Instance<Object> lookup, Parameters params) {
      String[] places = params.get(PLACES, String[].class);
      String[] names = params.get(NAMES, String[].class);
      boolean[] optional = params.get(OPTIONAL, boolean[].class);
      List<InjectionSite> sites = new ArrayList<>();
      for (int i = 0; i < places.length; i++) {
        Set<String> name = names[i].isEmpty() ? Set.of() : Set.of(names[i]);
        sites.add(new InjectionSite(places[i], name, optional[i]));
      }
      return new InjectionSites(sites);
    }
  }
}
