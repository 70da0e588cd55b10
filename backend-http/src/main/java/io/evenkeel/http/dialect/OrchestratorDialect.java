package io.evenkeel.http.dialect;

import io.evenkeel.http.engine.Dialect;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.UriForm;
import io.evenkeel.http.engine.WireIds;
import java.util.List;
import java.util.Set;

/**
 * An orchestrator with services under {@code /services} that are pinged within 30 s. It knows
 * entries, not names: a service is made of the entries that say they are its instances.
 */
public final class OrchestratorDialect {
  /** Base path allowed; {@code service-key}, {@code token}, {@code ids}. */
  public static final UriForm URI =
      new UriForm(
          9000,
          true,
          List.of(new UriForm.Secret("service-key", "X-Service-Key", ""), UriForm.bearerToken()),
          Set.of(WireIds.PARAMETER));

  private OrchestratorDialect() {}

  /** Makes the dialect on a wire. */
  public static Dialect on(Link link) {
    return new LeasedDialect(
        link, new OrchestratorForm(link.options(), WireIds.read(link.options())));
  }
}
