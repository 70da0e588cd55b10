/**
 * The registry SPI and the way to a registry: {@link io.evenkeel.registry.Registries#connect} finds
 * a {@link io.evenkeel.registry.RegistryProvider} by the URI's scheme and hands out a {@link
 * io.evenkeel.registry.ServiceRegistry}. A new backend implements these two and inherits {@code
 * ServiceRegistryContract} of the testkit to prove itself.
 */
@NullMarked
package io.evenkeel.registry;

import org.jspecify.annotations.NullMarked;
