package io.reverser.reverser.caller;

import io.reverser.reverser.address.Cidr;
import java.io.Serial;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads ranges from the configuration; without it, the message of a wrong one is lost on the way. */
public final class CidrConverter implements Converter<Cidr> {

    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public Cidr convert(String text) {
        return Cidr.of(text.strip());
    }
}
