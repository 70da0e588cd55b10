package io.evenkeel.http.engine;

import io.evenkeel.model.ServiceInstance;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers the lists of a service: one more for each that differs from the one before. The index of
 * a server says less, since it may start anew or not be there. Safe from any thread.
 */
final class Revisions {
  private record Last(long revision, List<ServiceInstance> list) {}

  private final ConcurrentHashMap<String, Last> byService = new ConcurrentHashMap<>();

  long of(String service, List<ServiceInstance> list) {
    return byService
        .compute(
            service,
            (name, last) -> {
              if (last == null) {
                return new Last(1, list);
              }
              return last.list().equals(list) ? last : new Last(last.revision() + 1, list);
            })
        .revision();
  }
}
