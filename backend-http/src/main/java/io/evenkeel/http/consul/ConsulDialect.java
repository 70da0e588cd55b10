package io.evenkeel.http.consul;

import io.evenkeel.http.engine.Answer;
import io.evenkeel.http.engine.Call;
import io.evenkeel.http.engine.Dialect;
import io.evenkeel.http.engine.LeaseHeaders;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.ListListener;
import io.evenkeel.http.engine.UriForm;
import io.evenkeel.http.engine.VertxScheduler;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Consul, spoken to through an agent. An instance is registered with the agent, under a TTL check
 * that renewals feed, or under a check that the agent makes, or both; a list is the health view of
 * the catalog, and a watch a {@link BlockingQuery} on it. A registry server of ours behind the same
 * address is recognised by its headers, and then incarnations count.
 */
public final class ConsulDialect implements Dialect {
  /**
   * No base path, as Consul's own clients have none. Parameters: {@code token}, sent in Consul's
   * header only; for lists {@code dc}, {@code near}, {@code filter}, {@code tag} (several with
   * commas), {@code consistency} (default, stale, consistent), {@code max-stale} (10s) and {@code
   * wait} (5m); for registrations {@code check} (ttl, http, both), {@code check-path}, {@code
   * check-interval} (10s), {@code check-timeout} (5s), {@code deregister-after} (1m) and {@code
   * ids}.
   */
  public static final UriForm URI =
      new UriForm(
          8500, false, List.of(new UriForm.Secret("token", "X-Consul-Token", "")), parameters());

  private static final String AGENT = "/v1/agent";
  private static final String MAINTENANCE_REASON = "Evenkeel: OUT_OF_SERVICE";

  private final Link link;
  private final WireIds ids;
  private final CheckOptions checks;
  private final ReadOptions reads;
  private final Registration registration;
  private final ConsulLists lists;
  private final Scheduler scheduler;
  private final Set<InstanceKey> inMaintenance = ConcurrentHashMap.newKeySet(); // by our doing
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  /**
   * Makes the dialect on a wire.
   *
   * @throws IllegalArgumentException naming the parameter that is not understood
   */
  public ConsulDialect(Link link) {
    this.link = link;
    this.ids = WireIds.read(link.options());
    this.checks = CheckOptions.read(link.options().own());
    this.reads = ReadOptions.read(link.options().own());
    this.registration = new Registration(ids, checks);
    this.lists = new ConsulLists(link, reads, ids);
    this.scheduler = new VertxScheduler(link.vertx(), link.time());
  }

  private static Set<String> parameters() {
    Set<String> names = new HashSet<>(ReadOptions.NAMES);
    names.addAll(CheckOptions.NAMES);
    names.add(WireIds.PARAMETER);
    return names;
  }

  @Override
  public Set<Capability> capabilities() {
    return checks.byLease()
        ? Set.of(Capability.REGISTER, Capability.RENEW, Capability.WATCH)
        : Set.of(Capability.REGISTER, Capability.WATCH);
  }

  @Override
  public Future<Lease> register(ServiceInstance instance, Lease lease) {
    Call call = Call.put(AGENT + "/service/register").withBody(registration.body(instance, lease));
    return inTime(
        tell(LeaseHeaders.ask(call, lease))
            .compose(answer -> revived(answer, instance, lease))
            .compose(granted -> maintained(instance).map(granted)));
  }

  /**
   * Consul keeps the state of a check that it had, so one that has expired is passed. Our server
   * has granted the lease already.
   */
  private Future<Lease> revived(Answer answer, ServiceInstance instance, Lease lease) {
    Lease granted = LeaseHeaders.granted(answer, lease, lease.ttl());
    boolean done = !checks.byLease() || answer.header(WireHeaders.TTL) != null;
    return done
        ? Future.succeededFuture(granted)
        : tell(LeaseHeaders.ask(pass(instance.key()), lease)).map(granted);
  }

  /** Tells the agent something. It has no words for yes, and a page is from someone else. */
  private Future<Answer> tell(Call call) {
    return link.wire().send(call).map(ConsulDialect::agreed);
  }

  private static Answer agreed(Answer answer) {
    if (answer.status() / 100 == 2 && answer.body().length() > 0) {
      answer.json(); // what stands in for an agent may say {} or true
    }
    return answer;
  }

  private Call pass(InstanceKey key) {
    return Call.put(AGENT + "/check/pass/" + Call.segment(Registration.leaseCheck(ids.of(key))));
  }

  /** Maintenance that someone else asked for is left alone. */
  private Future<Void> maintained(ServiceInstance instance) {
    InstanceKey key = instance.key();
    if (instance.status() == InstanceStatus.OUT_OF_SERVICE) {
      return tell(maintenance(key, "true&reason=" + Call.segment(MAINTENANCE_REASON)))
          .onSuccess(done -> inMaintenance.add(key))
          .mapEmpty();
    }
    return inMaintenance.contains(key)
        ? tell(maintenance(key, "false")).onSuccess(done -> inMaintenance.remove(key)).mapEmpty()
        : Future.succeededFuture();
  }

  private Call maintenance(InstanceKey key, String enable) {
    return Call.put(
        AGENT + "/service/maintenance/" + Call.segment(ids.of(key)) + "?enable=" + enable);
  }

  @Override
  public Future<Renewal> renew(InstanceKey key, Lease lease) {
    Predicate<Answer> unknown = ConsulDialect::isUnknownCheck;
    return tell(LeaseHeaders.ask(pass(key), lease).expecting(unknown))
        .map(answer -> unknown.test(answer) ? Renewal.UNKNOWN : Renewal.RENEWED);
  }

  /** Up to some version an unknown check was a 500, told from others by its words. */
  private static boolean isUnknownCheck(Answer answer) {
    boolean noSuchTtl = answer.body().toString().contains("does not have associated TTL");
    return answer.status() == 404 || (answer.status() == 500 && noSuchTtl);
  }

  /**
   * Up to some version an unknown id was a 200, so the agent is asked first; what it cannot say is
   * taken for yes.
   */
  @Override
  public Future<Boolean> deregister(InstanceKey key, long incarnation) {
    String id = Call.segment(ids.of(key));
    Call call = LeaseHeaders.end(Call.put(AGENT + "/service/deregister/" + id), incarnation);
    inMaintenance.remove(key);
    return inTime(
        link.wire()
            .send(Call.get(AGENT + "/service/" + id).expecting(404))
            .map(answer -> answer.status() != 404)
            .otherwise(true)
            .compose(known -> tell(call.expecting(404)).map(end -> existed(end, known))));
  }

  private static boolean existed(Answer end, boolean known) {
    Boolean said = end.existed();
    return said != null ? said : known && end.status() != 404;
  }

  @Override
  public Future<List<ServiceInstance>> instances(String service) {
    return lists
        .read(service, QueryRequest.once())
        .answer()
        .map(
            answer -> {
              if (!answer.knownLeader()) {
                throw new RegistryException.Unavailable(
                    link.options().name() + ": no leader, what it knows may be old", null);
              }
              return answer.instances();
            });
  }

  @Override
  public Future<Set<String>> services() {
    return lists.services();
  }

  @Override
  public Watch watch(String service, ListListener listener) {
    BlockingQuery query =
        BlockingQuery.start(
            request -> lists.read(service, request),
            reads,
            listener,
            scheduler,
            Randomness.perThread());
    Watch watch =
        new Watch() {
          @Override
          public void close() {
            watches.remove(this);
            query.close();
          }
        };
    watches.add(watch);
    return watch;
  }

  /** Several requests are one call, and end by its deadline. */
  private <T> Future<T> inTime(Future<T> call) {
    return call.timeout(link.options().timeout().toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            error ->
                Future.failedFuture(
                    error instanceof TimeoutException
                        ? new RegistryException.Unavailable(
                            link.options().name()
                                + ": no answer (expected: within "
                                + link.options().timeout().toMillis()
                                + " ms)",
                            null)
                        : error));
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
    scheduler.close();
  }
}
