/**
 * Time and chance as things one can hand in. Nothing in Evenkeel outside this package reads a clock
 * or makes a random generator; start from {@link io.evenkeel.time.Scheduler} and {@link
 * io.evenkeel.time.Randomness}. Tests replace both with the testkit's manual clock and scripted
 * generator.
 */
@NullMarked
package io.evenkeel.time;

import org.jspecify.annotations.NullMarked;
