/**
 * What Evenkeel costs, measured with JMH beside a floor: the same work with nothing around it, in
 * the same run, since only the ratio of the two survives a change of machine. {@code mvn -q
 * -Pbench} runs all of it; start reading at {@link io.evenkeel.benchmarks.BenchmarkReport}.
 */
@NullMarked
package io.evenkeel.benchmarks;

import org.jspecify.annotations.NullMarked;
