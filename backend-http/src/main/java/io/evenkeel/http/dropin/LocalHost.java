package io.evenkeel.http.dropin;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What the machine calls itself. Sends nothing to anyone. */
interface LocalHost {
  /**
   * The machine's name, as {@code hostname} prints it.
   *
   * @throws IOException when it has none
   */
  String name() throws IOException;

  /** The address of its first network interface that others can reach; 127.0.0.1 without one. */
  String address();

  /** This machine. */
  static LocalHost machine() {
    return new LocalHost() {
      @Override
      public String name() throws IOException {
        return machineName();
      }

      @Override
      public String address() {
        return machineAddress();
      }
    };
  }

  private static String machineName() throws IOException {
    Path kernel = Path.of("/proc/sys/kernel/hostname"); // elsewhere the resolver is asked
    String name =
        Files.isReadable(kernel)
            ? Files.readString(kernel).strip()
            : InetAddress.getLocalHost().getHostName();
    if (name.isEmpty()) {
      throw new UnknownHostException("the machine has no name");
    }
    return name;
  }

  private static String machineAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalHost::isReachable)
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
          .findFirst()
          .map(InetAddress::getHostAddress)
          .orElse("127.0.0.1");
    } catch (SocketException e) {
      return "127.0.0.1"; // as system 004's client does where the machine cannot be asked
    }
  }

  private static boolean isReachable(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback() && !network.isPointToPoint();
    } catch (SocketException e) {
      return false; // it went away while we looked
    }
  }
}
