/**
 * Consul's HTTP API over the directory: agent, health, catalog and status. Decides how an instance
 * is one of Consul's services, and when a blocking query is answered; start at {@link
 * io.evenkeel.server.consul.ConsulDialect}. Event loop only, not exported.
 */
@NullMarked
package io.evenkeel.server.consul;

import org.jspecify.annotations.NullMarked;
