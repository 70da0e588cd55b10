/**
 * The registries of three systems: config-service, heartbeat registry, orchestrator. Decides how an
 * instance stands in their requests and how their rows are read; {@link
 * io.evenkeel.http.dialect.LeasedDialect} is what the two with leases have in common. Not exported.
 */
@NullMarked
package io.evenkeel.http.dialect;

import org.jspecify.annotations.NullMarked;
