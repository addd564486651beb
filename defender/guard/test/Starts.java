/** Starts /bin/ls and says that it may not. */
public class Starts {
    public static void main(String[] arguments) throws Exception {
        try {
            System.out.println("ran " + new ProcessBuilder("/bin/ls").start().waitFor());
        } catch (java.io.IOException error) {
            System.out.println(error.getMessage().contains("error=1,") ? "EPERM" : error.getMessage());
        }
    }
}
