package io.evenkeel.http.engine;

/**
 * A call that was answered, for those who tell what happened.
 *
 * @param url at the first of the configured addresses
 */
public record Exchanged(String url, Answer answer) {}
