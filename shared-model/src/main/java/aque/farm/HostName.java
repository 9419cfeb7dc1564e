package aque.farm;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// What this machine is called on the farm.
public final class HostName {
    private HostName() {}

    public static String here() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            var name = System.getenv("HOSTNAME");
            return name == null ? "localhost" : name;
        }
    }
}
