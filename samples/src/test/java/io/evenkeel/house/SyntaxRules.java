package io.evenkeel.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What only the source shows, or what tests and benchmarks, which {@link HouseRules} does not see,
 * owe as well.
 */
final class SyntaxRules extends TreeScanner<@Nullable Void, @Nullable Void> {
  private static final int METHOD_LINES = 40;
  private static final int PARAMETERS = 5;
  private static final Set<String> CLOCKS =
      Set.of(
          "System.nanoTime",
          "System.currentTimeMillis",
          "Instant.now",
          "LocalDate.now",
          "LocalTime.now",
          "LocalDateTime.now",
          "ZonedDateTime.now",
          "OffsetDateTime.now",
          "Clock.systemUTC",
          "Clock.systemDefaultZone");

  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final List<String> violations;

  private SyntaxRules(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
    this.unit = unit;
    this.positions = positions;
    this.violations = found;
  }

  /** Every breach, with the place where it is. */
  static List<String> violations(List<SourceFile> sources) {
    List<String> found = new ArrayList<>();
    Syntax syntax = Syntax.of(sources);
    for (CompilationUnitTree unit : syntax.units()) {
      SyntaxRules rules = new SyntaxRules(unit, syntax.trees().getSourcePositions(), found);
      rules.scan(unit, null);
      HeldClients.unheld(unit).forEach(rules::unheld);
    }
    return found;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
    BlockTree body = method.getBody();
    if (body != null && line(end(body)) - line(start(body)) >= METHOD_LINES) {
      found(method, method.getName() + ": too long (expected: <= 40 lines)");
    }
    if (method.getParameters().size() > PARAMETERS && !isCompact(method)) {
      found(method, method.getName() + ": too many parameters (expected: <= 5)");
    }
    return super.visitMethod(method, null);
  }

  /** A record's compact constructor, whose parameters are the components before it. */
  private boolean isCompact(MethodTree method) {
    return start(method.getParameters().get(0)) < start(method);
  }

  @Override
  public @Nullable Void visitCatch(CatchTree caught, @Nullable Void unused) {
    String type = caught.getParameter().getType().toString();
    if (type.equals("Throwable")) {
      found(caught, "catches Throwable (expected: what can be handled)");
    }
    return super.visitCatch(caught, null);
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree block, @Nullable Void unused) {
    if (Syntax.path(unit).contains("/main/") && Syntax.path(unit).contains("/strategy/")) {
      found(block, "locks (expected: no lock under strategy)");
    }
    return super.visitSynchronized(block, null);
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree member, @Nullable Void unused) {
    check(member, member.getExpression() + "." + member.getIdentifier());
    return super.visitMemberSelect(member, null);
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree member, @Nullable Void unused) {
    check(member, member.getQualifierExpression() + "." + member.getName());
    return super.visitMemberReference(member, null);
  }

  private void check(Tree member, String name) {
    if (CLOCKS.contains(name) && !Syntax.path(unit).contains("/evenkeel/time/")) {
      found(member, name + " (expected: a TimeSource)");
    }
    if (name.equals("Thread.sleep")) {
      found(member, name + " (expected: manual time, or a latch)");
    }
  }

  private void unheld(Tree client) {
    found(client, "a client that nobody holds is closed by GC (expected: a field, or its close())");
  }

  private void found(Tree tree, String what) {
    violations.add(Syntax.path(unit) + ":" + line(start(tree)) + ": " + what);
  }

  private long start(Tree tree) {
    return positions.getStartPosition(unit, tree);
  }

  private long end(Tree tree) {
    return positions.getEndPosition(unit, tree);
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }
}
