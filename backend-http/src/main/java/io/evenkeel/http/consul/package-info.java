/**
 * The Consul dialect. Decides how an instance is carried by an agent's registration, how a health
 * entry is read, and when a blocking query is sent again; start at {@link
 * io.evenkeel.http.consul.ConsulDialect} and {@link io.evenkeel.http.consul.BlockingQuery}. Not
 * exported.
 */
@NullMarked
package io.evenkeel.http.consul;

import org.jspecify.annotations.NullMarked;
