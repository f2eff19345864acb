/**
 * Reads client sessions from MicroProfile Config: finds their names, translates text into the
 * records of {@code org.sessionregistry.settings}, and explains every problem of every session at
 * once.
 *
 * <p>The way of a value, one class for each step: {@code PropertyKey} takes a property's name
 * apart, {@code KeyIndex} groups the names, {@code Lookup} asks MicroProfile Config for the value
 * and where it came from, {@code Layer} collects what one root or session sets, {@code Inheritance}
 * adds what a session takes over from those that it extends, {@code Draft} applies that to the
 * records one setting at a time, and {@code Findings} keeps what went wrong. {@code SessionReader}
 * does so for one session; {@link org.sessionregistry.config.SessionConfig} walks them all.
 *
 * <p>No class here knows a setting by name but {@code EntryRules}: all others learn them from the
 * records. What it means for a session to share a pool is told by {@code SharedPools}, what it
 * means to have tenants by {@code Tenants}.
 */
@NullMarked
package org.sessionregistry.config;

import org.jspecify.annotations.NullMarked;
