package io.evenkeel.cli;

import io.evenkeel.server.Protocol;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code --listen}: {@code PROTOCOL=HOST:PORT}.
 *
 * @param protocol what is spoken there
 * @param address where
 */
record Listen(Protocol protocol, HostPort address) {

  /** Reads it from the command line. */
  static final class Converter implements ITypeConverter<Listen> {
    @Override
    public Listen convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException(
            text + " (expected: PROTOCOL=HOST:PORT such as consul=127.0.0.1:8500)");
      }
      try {
        return new Listen(
            Protocol.of(text.substring(0, equals)), HostPort.parse(text.substring(equals + 1)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
