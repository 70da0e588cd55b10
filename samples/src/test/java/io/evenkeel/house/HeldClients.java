package io.evenkeel.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds clients of Vert.x that nobody holds: Vert.x 5 closes one that is garbage, with all that it
 * has under way. Held is what a field has, what is handed on, and what the method that made it
 * closes; a local variable that is not read again is garbage while the method still runs.
 */
final class HeldClients extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private static final Set<String> MAKERS =
      Set.of("createHttpClient", "createNetClient", "createWebSocketClient");

  private final List<Tree> unheld = new ArrayList<>();

  /** The calls that make a client which is not held. */
  static List<Tree> unheld(CompilationUnitTree unit) {
    HeldClients clients = new HeldClients();
    clients.scan(unit, null);
    return clients.unheld;
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
    if (makesClient(call.getMethodSelect().toString()) && !isHeld(getCurrentPath())) {
      unheld.add(call);
    }
    return super.visitMethodInvocation(call, null);
  }

  private static boolean makesClient(String method) {
    return MAKERS.contains(method.substring(method.lastIndexOf('.') + 1))
        || method.equals("WebClient.create")
        || (method.endsWith(".build") && method.contains("httpClientBuilder()"));
  }

  private static boolean isHeld(TreePath made) {
    TreePath parent = made.getParentPath();
    Tree use = parent.getLeaf();
    if (use instanceof VariableTree variable) {
      TreePath scope = parent.getParentPath();
      return scope.getLeaf() instanceof ClassTree || Kept.isKept(variable, scope);
    }
    return !(use instanceof MemberSelectTree || use instanceof ExpressionStatementTree);
  }

  /** Looks through the block of a local variable for what holds its value. */
  private static final class Kept extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final VariableTree variable;
    private boolean kept;

    private Kept(VariableTree variable) {
      this.variable = variable;
    }

    static boolean isKept(VariableTree variable, TreePath scope) {
      Kept kept = new Kept(variable);
      kept.scan(scope, null);
      return kept.kept;
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void unused) {
      if (name.getName().equals(variable.getName())) {
        Tree use = getCurrentPath().getParentPath().getLeaf();
        kept |= !(use instanceof MemberSelectTree of) || of.getIdentifier().contentEquals("close");
      }
      return null;
    }
  }
}
