package io.evenkeel.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Finds what a user can see and no comment explains; what overrides is explained elsewhere. */
final class MissingJavadoc extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private final DocTrees trees;
  private final List<String> missing;
  private final String file;

  private MissingJavadoc(DocTrees trees, List<String> missing, String file) {
    this.trees = trees;
    this.missing = missing;
    this.file = file;
  }

  static List<String> in(List<SourceFile> sources) {
    List<String> missing = new ArrayList<>();
    Syntax syntax = Syntax.of(sources);
    for (CompilationUnitTree unit : syntax.units()) {
      new MissingJavadoc(syntax.trees(), missing, Syntax.path(unit)).scan(unit, null);
    }
    return missing;
  }

  @Override
  public @Nullable Void visitPackage(PackageTree declared, @Nullable Void unused) {
    if (file.endsWith("package-info.java")) {
      explain("package", declared.getPackageName().toString(), getCurrentPath());
    }
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
    if (!isSeen(type.getModifiers())) {
      return null; // nor is what it holds
    }
    explain("type", type.getSimpleName().toString(), getCurrentPath());
    if (type.getKind() == Tree.Kind.RECORD) {
      explainComponents(type);
    }
    return super.visitClass(type, null);
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
    if (isSeen(method.getModifiers()) && !overrides(method)) {
      explain("method", method.getName().toString(), getCurrentPath());
    }
    return null; // what is declared in a body is seen by nobody
  }

  @Override
  public @Nullable Void visitVariable(VariableTree field, @Nullable Void unused) {
    if (isSeen(field.getModifiers())) {
      explain("field", field.getName().toString(), getCurrentPath());
    }
    return null;
  }

  private void explainComponents(ClassTree record) {
    DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
    List<String> explained = comment == null ? List.of() : parameters(comment);
    record.getMembers().stream()
        .filter(VariableTree.class::isInstance)
        .map(VariableTree.class::cast)
        .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
        .map(component -> component.getName().toString())
        .filter(component -> !explained.contains(component))
        .forEach(component -> missing.add(file + ": component " + component));
  }

  private static List<String> parameters(DocCommentTree comment) {
    return comment.getBlockTags().stream()
        .filter(ParamTree.class::isInstance)
        .map(ParamTree.class::cast)
        .filter(tag -> !tag.getDescription().isEmpty())
        .map(tag -> tag.getName().toString())
        .toList();
  }

  private void explain(String kind, String name, TreePath path) {
    DocCommentTree comment = trees.getDocCommentTree(path);
    if (comment == null || comment.getFirstSentence().isEmpty()) {
      missing.add(file + ": " + kind + " " + name);
    }
  }

  /** Public or protected, or a member of an interface, which is public without saying so. */
  private boolean isSeen(ModifiersTree modifiers) {
    boolean said =
        modifiers.getFlags().contains(Modifier.PUBLIC)
            || modifiers.getFlags().contains(Modifier.PROTECTED);
    return said || (isInInterface() && !modifiers.getFlags().contains(Modifier.PRIVATE));
  }

  private boolean isInInterface() {
    Tree.Kind parent = getCurrentPath().getParentPath().getLeaf().getKind();
    return parent == Tree.Kind.INTERFACE || parent == Tree.Kind.ANNOTATION_TYPE;
  }

  private static boolean overrides(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .map(AnnotationTree::getAnnotationType)
        .anyMatch(type -> type.toString().equals("Override"));
  }
}
