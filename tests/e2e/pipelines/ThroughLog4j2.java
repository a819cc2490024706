import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

public final class ThroughLog4j2 {
  public static void main(String[] args) throws Exception {
    Logger log = LogManager.getLogger("through");
    Lines.log(line -> log.info("{}", line), log::warn);
  }
}
