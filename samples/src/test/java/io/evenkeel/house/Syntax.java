package io.evenkeel.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Sources as the JDK's compiler parses them; nothing is resolved, so names are as they stand.
 *
 * @param trees reads comments and positions of the units
 * @param units one per source
 */
record Syntax(DocTrees trees, List<CompilationUnitTree> units) {

  static Syntax of(List<SourceFile> sources) {
    List<JavaFileObject> files =
        sources.stream().map(file -> Planted.javaFile(file.path(), file.text())).toList();
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler().getTask(null, null, null, null, null, files);
    List<CompilationUnitTree> units = new ArrayList<>();
    try {
      task.parse().forEach(units::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Syntax(DocTrees.instance(task), units);
  }

  /** Where a unit came from: the path of its source. */
  static String path(CompilationUnitTree unit) {
    return unit.getSourceFile().getName().replaceFirst("^/", "");
  }
}
