/**
 * Balanced HTTP for Vert.x. Start from {@link io.evenkeel.vertx.BalancedWebClient}: it names a
 * service where a web client names a host. Requests stay Vert.x's own; each attempt gets one that
 * is bound to the instance that was picked, and what came of it is seen on the HTTP client below
 * the web client, before anything the user put on top.
 */
@NullMarked
package io.evenkeel.vertx;

import org.jspecify.annotations.NullMarked;
