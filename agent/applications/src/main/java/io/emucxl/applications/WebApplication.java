package io.emucxl.applications;

import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.cursors.LongLongCursor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A web service of one page, which keeps numbers in HPPC's hash map. */
@SpringBootApplication
@RestController
public class WebApplication {

    private final LongLongHashMap squares = new LongLongHashMap();

    /** Starts the service and prints its port. */
    public static void main(String[] arguments) {
        SpringApplication.run(WebApplication.class, arguments);
    }

    /** Called by Spring when the service listens. */
    @EventListener
    public void listening(WebServerInitializedEvent event) {
        System.out.println("port " + event.getWebServer().getPort());
    }

    /** The answer to {@code /squares?count=N}. */
    @GetMapping("/squares")
    public synchronized String squares(@RequestParam int count) {
        for (long i = 0; i < count; i++) {
            squares.put(i, i * i);
        }
        long sum = 0;
        long mixed = 0;
        for (LongLongCursor cursor : squares) {
            sum += cursor.value;
            mixed ^= cursor.key * 31 + cursor.value;
        }
        return squares.size() + " " + sum + " " + mixed;
    }
}
