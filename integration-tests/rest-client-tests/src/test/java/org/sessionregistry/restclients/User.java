package org.sessionregistry.restclients;

/** A bean of JSON-B. */
public class User {
  /** The name. */
  public String name;

  /** The age, in years. */
  public int age;

  /** For JSON-B. */
  public User() {}

  User(String name, int age) {
    this.name = name;
    this.age = age;
  }

  @Override
  public String toString() {
    return name + ", " + age;
  }
}
