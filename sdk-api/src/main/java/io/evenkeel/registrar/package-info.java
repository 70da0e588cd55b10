/**
 * Keeps an instance announced. {@link io.evenkeel.registrar.Registrar#announce} registers, renews,
 * registers again for as long as it takes whenever the lease is lost, and deregisters on close;
 * {@link io.evenkeel.registrar.RegistrarOptions} holds its times, {@link
 * io.evenkeel.registrar.RegistrarState} is what it tells of itself.
 */
@NullMarked
package io.evenkeel.registrar;

import org.jspecify.annotations.NullMarked;
