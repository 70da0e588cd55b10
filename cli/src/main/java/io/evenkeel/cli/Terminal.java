package io.evenkeel.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command may touch of the process it runs in.
 *
 * @param out for results
 * @param err for errors, progress and changes of state
 * @param environment its variables
 * @param stop when it is to end
 */
record Terminal(PrintWriter out, PrintWriter err, Map<String, String> environment, Stop stop) {

  /** A line for people, beside the results. */
  void note(String line) {
    err.println("evenkeel: " + oneLine(line));
    err.flush();
  }

  /** A result. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Whether nobody reads the results any more. */
  boolean isDeaf() {
    return out.checkError();
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
