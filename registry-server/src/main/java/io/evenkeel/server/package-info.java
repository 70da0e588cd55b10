/**
 * The registry server: any {@code ServiceRegistry}, served in four dialects. Decides which listener
 * speaks what, and what is refused before it starts; start at {@link
 * io.evenkeel.server.RegistryServer}.
 */
@NullMarked
package io.evenkeel.server;

import org.jspecify.annotations.NullMarked;
