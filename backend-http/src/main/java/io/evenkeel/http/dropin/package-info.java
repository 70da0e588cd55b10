/**
 * A service drops into one of the five systems that Evenkeel is compatible with, by the environment
 * variables that are already there. Decides who the service is and where its registry listens, and
 * what is done and told at start, while it runs, and at stop; start at {@link
 * io.evenkeel.http.dropin.Dropin}. The keeping alive itself is the {@code Registrar}'s.
 */
@NullMarked
package io.evenkeel.http.dropin;

import org.jspecify.annotations.NullMarked;
