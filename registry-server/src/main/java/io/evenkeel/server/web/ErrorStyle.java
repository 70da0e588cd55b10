package io.evenkeel.server.web;

/** How a dialect words what goes wrong; the status and the headers are decided elsewhere. */
@FunctionalInterface
public interface ErrorStyle {
  /** The answer for a refusal; its headers are added by the caller. */
  Reply refusal(Request request, int status, String message);
}
