package org.sessionregistry;

/**
 * What a server says before its response: {@code 100 Continue}, {@code 102 Processing}, {@code 103
 * Early Hints} (RFC 9110 section 15.2). Immutable.
 *
 * @param status the status, from 100 to 199 without 101
 * @param headers its header fields
 */
public record InformationalResponse(int status, Headers headers) {}
