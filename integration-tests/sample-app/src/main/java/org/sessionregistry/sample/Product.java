package org.sessionregistry.sample;

/**
 * What the catalog knows about a product.
 *
 * @param sku its number
 * @param name its name
 * @param price the price of one piece
 */
public record Product(String sku, String name, Money price) {}
