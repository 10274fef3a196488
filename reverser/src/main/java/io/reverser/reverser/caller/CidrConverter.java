package io.reverser.reverser.caller;

import io.reverser.reverser.address.Cidr;
import java.io.Serial;
import org.eclipse.microprofile.config.spi.Converter;

/** Converts address ranges in the configuration; the default converter would drop the message of {@link Cidr#of}. */
public final class CidrConverter implements Converter<Cidr> {

    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public Cidr convert(String text) {
        return Cidr.of(text.strip());
    }
}
