import java.io.FileReader;
import java.io.FileWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.AppInfoParser;

/** Produces and consumes until it is ended, and logs each record that was acknowledged or consumed. */
public class JavaClient {
  private static final String NAME = "java";
  private static final int PAUSE_MS = 100;

  public static void main(String[] args) throws Exception {
    String settings = args[0], topic = args[1], log = args[2], caFile = args[3];
    Writer writer = new FileWriter(log, StandardCharsets.UTF_8, true);
    Thread consuming = new Thread(() -> consume(settings, topic, caFile, writer));
    consuming.setDaemon(true);
    consuming.start();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(read(settings, caFile), new StringSerializer(), new StringSerializer())) {
      for (int number = 0; ; number += 1) {
        String value = NAME + "-" + number;
        producer.send(
            new ProducerRecord<>(topic, value),
            (metadata, error) -> {
              if (error == null) {
                tell(writer, "acknowledged", value);
              } else {
                System.err.println(value + ": " + error);
              }
            });
        Thread.sleep(PAUSE_MS);
      }
    }
  }

  private static void consume(String settings, String topic, String caFile, Writer writer) {
    Properties properties = read(settings, caFile);
    properties.put("group.id", NAME);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (true) {
        consumer.poll(Duration.ofMillis(PAUSE_MS)).forEach(record -> tell(writer, "consumed", record.value()));
      }
    } catch (RuntimeException error) {
      System.err.println("the consumer ended: " + error);
    }
  }

  /** As `confluent-dr clients` prints them; the CA is that of the lab. */
  private static Properties read(String file, String caFile) {
    Properties properties = new Properties();
    try (FileReader reader = new FileReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (java.io.IOException error) {
      throw new java.io.UncheckedIOException(error);
    }
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", caFile);
    return properties;
  }

  private static synchronized void tell(Writer writer, String event, String record) {
    String line =
        String.format(
            "{\"client\":\"%s\",\"version\":\"%s\",\"time\":\"%s\",\"event\":\"%s\",\"record\":\"%s\"}%n",
            NAME, AppInfoParser.getVersion(), Instant.now(), event, record);
    try {
      writer.write(line);
      writer.flush();
    } catch (java.io.IOException error) {
      throw new java.io.UncheckedIOException(error);
    }
  }
}
