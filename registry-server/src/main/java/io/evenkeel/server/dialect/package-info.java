/**
 * The dialects of the FastAPI systems. Decides what a config-service, a heartbeat registry and an
 * orchestrator answer, and how an instance that was registered in one of them reads in the others;
 * start at {@link io.evenkeel.server.dialect.HeartbeatDialect}. Event loop only, not exported.
 */
@NullMarked
package io.evenkeel.server.dialect;

import org.jspecify.annotations.NullMarked;
