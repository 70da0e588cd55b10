/**
 * The admin listener. Decides what probes, Prometheus and its service discovery are told; start at
 * {@link io.evenkeel.server.admin.AdminDialect}. Event loop only, not exported.
 */
@NullMarked
package io.evenkeel.server.admin;

import org.jspecify.annotations.NullMarked;
