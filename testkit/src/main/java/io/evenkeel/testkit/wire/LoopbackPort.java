package io.evenkeel.testkit.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A free port of 127.0.0.1 that stays ours while nobody listens on it. A socket that is bound and
 * never listens holds it: connecting is refused as on a closed port, yet no other socket of the
 * machine is given the port, so that a listener can come back to it at any time. Where the
 * operating system does not let a listener join (all but Linux), the hold is given up when the
 * first one comes.
 */
final class LoopbackPort implements AutoCloseable {
  private final Socket holder = new Socket();
  private final InetSocketAddress address;

  private LoopbackPort() throws IOException {
    holder.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    // After the bind, so that the port was nobody's; from now on it may be shared with a listener.
    holder.setReuseAddress(true);
    address = (InetSocketAddress) holder.getLocalSocketAddress();
  }

  static LoopbackPort reserve() {
    try {
      return new LoopbackPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** Runs what binds a listener to {@link #address()}. */
  <T> T listen(Binding<T> binding) throws IOException {
    try {
      return binding.bind(address);
    } catch (BindException held) {
      holder.close();
      return binding.bind(address);
    }
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a listener on an address. */
  interface Binding<T> {
    T bind(InetSocketAddress address) throws IOException;
  }
}
