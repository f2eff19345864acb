/**
 * A small storefront: it reads a day's orders from a file and handles them with three named HTTP
 * client sessions, {@code catalog}, {@code payments} and {@code reports}, on Weld SE and SmallRye
 * Config.
 *
 * <p>Where to look: {@code META-INF/microprofile-config.properties} declares the sessions; {@link
 * org.sessionregistry.sample.Catalog}, {@link org.sessionregistry.sample.Payments} and {@link
 * org.sessionregistry.sample.Reports} use them; {@link org.sessionregistry.sample.OrderDesk} puts
 * them together. {@link org.sessionregistry.sample.Storefront} is the program. The rest makes its
 * output, and the classes behind {@link org.sessionregistry.sample.StorefrontServer} play the three
 * services.
 */
@NullMarked
package org.sessionregistry.sample;

import org.jspecify.annotations.NullMarked;
