package io.evenkeel.http.dropin;

import java.io.IOException;

/** A machine with a name and an address of the test's choice; an empty name is none. */
record NamedMachine(String name, String address) implements LocalHost {
  @Override
  public String name() {
    return name;
  }

  /** A machine that has no name. */
  static LocalHost nameless() {
    return new LocalHost() {
      @Override
      public String name() throws IOException {
        throw new IOException("no name");
      }

      @Override
      public String address() {
        return "127.0.0.1";
      }
    };
  }
}
