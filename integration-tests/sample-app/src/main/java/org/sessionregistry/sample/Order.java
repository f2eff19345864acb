package org.sessionregistry.sample;

/**
 * One line of {@code orders.csv}, as the customer sent it: nothing in it has been checked.
 *
 * @param id the order's number
 * @param customer who ordered
 * @param product the product's SKU, which may not exist
 * @param quantity how many pieces, which may be none
 * @param country where to, as an ISO 3166 code
 * @param paidBy how the customer wants to pay
 */
public record Order(
    String id, String customer, String product, int quantity, String country, String paidBy) {}
