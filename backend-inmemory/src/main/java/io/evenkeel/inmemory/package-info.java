/**
 * Registries that need no server: {@link io.evenkeel.inmemory.InMemoryServiceRegistry} ({@code
 * inmemory:}), the embedded default and the reference of what every other backend must do, and
 * fixed lists ({@code static:orders=10.0.0.1:80}). Every connect makes a registry of its own; to
 * share one, share the object.
 */
@NullMarked
package io.evenkeel.inmemory;

import org.jspecify.annotations.NullMarked;
