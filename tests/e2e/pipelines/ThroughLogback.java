import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class ThroughLogback {
  public static void main(String[] args) throws Exception {
    Logger log = LoggerFactory.getLogger("through");
    Lines.log(line -> log.info("{}", line), log::warn);
  }
}
