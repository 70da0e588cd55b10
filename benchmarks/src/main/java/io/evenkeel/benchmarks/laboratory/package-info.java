/**
 * The tail-latency laboratory: which strategy serves which world best. {@link
 * io.evenkeel.benchmarks.laboratory.Laboratory} runs every {@link
 * io.evenkeel.benchmarks.laboratory.Contender} in every one of {@link
 * io.evenkeel.benchmarks.laboratory.Scenarios} with several seeds and writes tables and plots; what
 * happens inside a run is in {@link io.evenkeel.benchmarks.laboratory.world}.
 */
@NullMarked
package io.evenkeel.benchmarks.laboratory;

import org.jspecify.annotations.NullMarked;
