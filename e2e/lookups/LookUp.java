import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.stream.Collectors;
import javax.naming.NameNotFoundException;
import javax.naming.directory.InitialDirContext;

/** Looks names up as Java does: by InetAddress, and by JNDI's own resolver at a server given by address. */
public class LookUp {
  static String byInetAddress(String name) {
    try {
      return Arrays.stream(InetAddress.getAllByName(name))
          .map(InetAddress::getHostAddress)
          .sorted()
          .collect(Collectors.joining(" "));
    } catch (UnknownHostException error) {
      return "UnknownHostException";
    }
  }

  static String byJndi(String server, String name) throws Exception {
    var settings = new Hashtable<String, String>();
    settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    settings.put("java.naming.provider.url", "dns://" + server);
    try {
      return new InitialDirContext(settings).getAttributes(name, new String[] {"A"}).get("A").get().toString();
    } catch (NameNotFoundException error) {
      return "NameNotFoundException";
    }
  }

  public static void main(String[] args) throws Exception {
    for (String name : Arrays.copyOfRange(args, 1, args.length))
      System.out.println(byInetAddress(name) + " / " + byJndi(args[0], name));
  }
}
