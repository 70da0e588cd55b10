/**
 * What a registry stores and what a caller gets to see of it: {@link
 * io.evenkeel.model.ServiceInstance}, its {@link io.evenkeel.model.Lease}, and the complete list of
 * a service as a {@link io.evenkeel.model.ServiceSnapshot}. All of them are immutable and checked
 * when made, so an impossible one does not exist.
 */
@NullMarked
package io.evenkeel.model;

import org.jspecify.annotations.NullMarked;
