package io.evenkeel.http.consul;

import io.evenkeel.http.engine.ListListener;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Watch;
import io.evenkeel.time.Backoff;
import io.evenkeel.time.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A watch by blocking queries: reads a list, hands it on if it has changed, and reads it again with
 * the index that came with it, which the server answers when something has happened or the wait is
 * over. The rules are those of Consul's page "Blocking Queries"; what an answer means for the next
 * request stands in {@link #heard}, how soon that is sent in {@link QueryPace}.
 *
 * <p>One request is under way at a time, and the next one is scheduled when its answer has been
 * dealt with; so all but {@link #close} runs in one sequence, on changing threads, and the listener
 * hears one thing at a time.
 */
final class BlockingQuery implements Watch {
  /**
   * After an error the first query is short: it tells soon that the server is back, and finds out
   * that its index is behind ours, which a long one would sit out.
   */
  private static final Duration FIRST_WAIT_AFTER_ERROR = Duration.ofSeconds(1);

  /** An index that does not lead to a waiting query is asked for once a second at most. */
  private static final Duration WITHOUT_INDEX = Duration.ofSeconds(1);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * A read under way.
   *
   * @param answer fails with a {@link RegistryException}
   * @param giveUp ends it, since the answer is no longer wanted
   */
  record Reading(Future<QueryAnswer> answer, Runnable giveUp) {}

  /** Sends one read; it throws nothing. */
  interface Reader {
    /** Starts to read. */
    Reading read(QueryRequest request);
  }

  private final Reader reader;
  private final ReadOptions options;
  private final ListListener listener;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final QueryPace pace;

  // touched in the sequence of requests only
  private long index = QueryIndex.NONE;
  private int failures; // in a row
  private boolean current; // the next read must not be stale
  private boolean silent = true; // nothing was told since the last error
  private @Nullable List<ServiceInstance> told;
  private Freshness toldAs = Freshness.STALE;

  private volatile boolean closed;
  private Scheduler.@Nullable Timer timer; // guarded by this
  private @Nullable Reading underWay; // guarded by this

  private BlockingQuery(
      Reader reader,
      ReadOptions options,
      ListListener listener,
      Scheduler scheduler,
      RandomGenerator random) {
    this.reader = reader;
    this.options = options;
    this.listener = listener;
    this.scheduler = scheduler;
    this.random = random;
    this.pace = new QueryPace(scheduler.nanoTime(), random);
  }

  /** Starts to read; the listener is not called before this returns. */
  static BlockingQuery start(
      Reader reader,
      ReadOptions options,
      ListListener listener,
      Scheduler scheduler,
      RandomGenerator random) {
    BlockingQuery query = new BlockingQuery(reader, options, listener, scheduler, random);
    query.schedule(Duration.ZERO);
    return query;
  }

  private synchronized void schedule(Duration delay) {
    if (!closed) {
      timer = scheduler.schedule(delay, this::send);
    }
  }

  private void send() {
    if (closed) {
      return;
    }
    QueryRequest request = new QueryRequest(index, hold(index), current);
    pace.sent(scheduler.nanoTime());
    Reading reading = reader.read(request);
    synchronized (this) {
      underWay = reading;
    }
    if (closed) { // meanwhile, and close() has not seen it
      reading.giveUp().run();
    }
    reading
        .answer()
        .onComplete(answer -> heard(request, answer), error -> failed(asRegistryException(error)));
  }

  private Duration hold(long beyond) {
    if (beyond == QueryIndex.NONE) {
      return Duration.ZERO;
    }
    boolean soon = failures > 0 && options.hold().compareTo(FIRST_WAIT_AFTER_ERROR) > 0;
    return soon ? FIRST_WAIT_AFTER_ERROR : options.hold();
  }

  private void heard(QueryRequest request, QueryAnswer answer) {
    if (closed) {
      return;
    }
    if (!answer.knownLeader()) {
      withoutLeader(answer);
      return;
    }
    failures = 0;
    current = !request.current() && options.isTooOld(answer.lastContact());
    index = current ? request.index() : QueryIndex.after(request.index(), answer.index());
    boolean news = !current && tell(answer.instances(), Freshness.FRESH);
    pace.answered(scheduler.nanoTime(), request.hold(), news);
    Duration delay = pace.delay(scheduler.nanoTime());
    boolean waits = QueryIndex.isUsable(answer.index());
    schedule(waits || delay.compareTo(WITHOUT_INDEX) > 0 ? delay : WITHOUT_INDEX);
  }

  /** What a server without a leader says is old, and it is not believed to be empty. */
  private void withoutLeader(QueryAnswer answer) {
    List<ServiceInstance> last = told;
    if (!answer.instances().isEmpty()) {
      tell(answer.instances(), Freshness.STALE);
    } else if (last != null) {
      tell(last, Freshness.STALE);
    } else {
      tellError(new RegistryException.Unavailable("Consul: no leader, and no list yet", null));
    }
    index = QueryIndex.NONE; // to wait there is to miss that the leader is back
    retry();
  }

  private void failed(RegistryException error) {
    if (closed) {
      return;
    }
    tellError(error);
    current = false; // the other mode may work
    retry();
  }

  private void retry() {
    Duration delay = BACKOFF.delay(failures++, random);
    Duration paced = pace.delay(scheduler.nanoTime());
    schedule(delay.compareTo(paced) > 0 ? delay : paced);
  }

  /** Hands a list on unless it was the last to be handed on; answers whether it was another. */
  private boolean tell(List<ServiceInstance> instances, Freshness freshness) {
    boolean news = told == null || !isSame(told, instances);
    if (!news && toldAs == freshness && !silent) {
      return false;
    }
    silent = false;
    told = instances;
    toldAs = freshness;
    listener.onList(instances, freshness);
    return news;
  }

  /** Whatever the order: with {@code near} it is that of round trips, which change all the time. */
  private static boolean isSame(List<ServiceInstance> some, List<ServiceInstance> others) {
    return some.size() == others.size() && new HashSet<>(some).equals(new HashSet<>(others));
  }

  private void tellError(RegistryException error) {
    silent = true;
    listener.onError(error);
  }

  private static RegistryException asRegistryException(Throwable error) {
    return error instanceof RegistryException known
        ? known
        : new RegistryException.Protocol("Consul: " + error, error);
  }

  @Override
  public void close() {
    Reading reading;
    synchronized (this) {
      closed = true;
      if (timer != null) {
        timer.cancel();
      }
      reading = underWay;
      underWay = null;
    }
    if (reading != null) {
      reading.giveUp().run();
    }
  }
}
