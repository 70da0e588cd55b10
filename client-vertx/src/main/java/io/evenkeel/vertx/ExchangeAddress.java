package io.evenkeel.vertx;

import io.vertx.core.net.Address;
import io.vertx.core.net.SocketAddress;

/**
 * Carries an exchange from the place where a request is bound, through the web client, to the HTTP
 * client that sends it. An address is the one thing Vert.x hands through as it is, on every path
 * and thread.
 */
record ExchangeAddress(SocketAddress socketAddress, Exchange exchange) implements Address {}
