package io.evenkeel.server.web;

import java.time.Duration;

/**
 * What a listener bears from its clients.
 *
 * @param connectionsPerClient of one IPv4 address, or one /64 network of IPv6
 * @param request how long a request may take to arrive, from its first byte to its last
 * @param idle how long a connection stays open between two requests
 */
public record Bounds(int connectionsPerClient, Duration request, Duration idle) {}
