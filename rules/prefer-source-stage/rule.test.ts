import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an extension of PHP, whose Makefile takes no DESTDIR": `
      FROM php:8.4-apache
      RUN apt-get update && apt-get install -y gcc make
      RUN git clone https://github.com/nrk/phpiredis.git && cd phpiredis && phpize && ./configure && make && make install
      CMD ["apache2-foreground"]
    `,
    "sources of the context": `
      FROM a:1
      COPY . /src
      RUN make -C /src install
      CMD ["app"]
    `,
    "a program that is downloaded as such": `
      FROM a:1
      RUN curl -o /usr/bin/app https://x.org/app && make -C /src install
      CMD ["app"]
    `,
    "a stage of its own": `
      FROM a:1 AS build
      RUN curl -L https://x.org/a.tar.gz | tar -xz && make install
      FROM a:1
      COPY --from=build /opt/a /opt/a
      CMD ["app"]
    `,
    "files among those of the system": `
      FROM a:1
      RUN curl -L https://x.org/a.tar.gz | tar -xz && ./configure --prefix=/usr/local && make install
      RUN git clone https://x.org/b && make -C b install
      CMD ["app"]
    `,
    "a Makefile that may not know DESTDIR": `
      FROM a:1
      RUN apt-get install -y gcc make
      RUN git clone https://x.org/a && make -C a install
      CMD ["app"]
    `,
    "a program outside of its prefix": `
      FROM a:1
      RUN curl -L https://x.org/nginx.tar.gz | tar -xz && cd nginx && ./configure --prefix=/etc/nginx --sbin-path=/usr/sbin/nginx && make install
      CMD ["nginx"]
    `,
    "an image for people": `
      FROM a:1
      RUN apt-get install -y gcc make vim
      RUN git clone https://x.org/a && cd a && ./configure && make install
      CMD ["app"]
    `,
    "an image that starts a shell": `
      FROM a:1
      RUN git clone https://x.org/a && make -C a install
      CMD ["/bin/bash"]
    `,
    "an image that starts nothing": `
      FROM a:1
      RUN git clone https://x.org/a && make -C a install
    `,
    "a RUN that removes its compilers": `
      FROM a:1
      RUN apk add gcc && curl -L https://x.org/a.tar.gz | tar -xz && make install && apk del gcc
      CMD ["app"]
    `,
  },
  reports: {
    "an archive with a prefix": {
      code: `
        FROM a:1
        RUN curl -L https://x.org/a.tar.gz | tar -xz && ./configure --prefix=/opt/a && make && make install
                                                                                               ^^^^^^^^^^^^ useStage
        CMD ["app"]
      `,
      messages: [
        "This installs a program from sources that are downloaded; build it in a stage of its own and copy `/opt/a`.",
      ],
    },
    "a clone of an earlier RUN": `
      FROM a:1
      RUN git clone https://x.org/a
      RUN cmake -DCMAKE_INSTALL_PREFIX=/opt/a a && cmake --build . && cmake --install .
                                                                      ^^^^^^^^^^^^^^^^^ useStage
      CMD ["app"]
    `,
    "files among those of the system, while a compiler stays": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y build-essential
        RUN git clone https://x.org/a && cd a && ./configure --prefix=/usr && make && make install
                                                                                      ^^^^^^^^^^^^ useDestdir
        CMD ["app"]
      `,
      messages: [
        "This installs a program from sources that are downloaded, and \`build-essential\` stays for it; build it in a stage of its own with \`DESTDIR=/out\`, and copy \`/out\`.",
      ],
    },
    "an archive that ADD downloads": {
      code: `
        FROM a:1
        ADD https://x.org/a.tar.gz /src/
        RUN make -j4 install PREFIX=/srv/a
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ useStage
        CMD ["app"]
      `,
      messages: [
        "This installs a program from sources that are downloaded; build it in a stage of its own and copy `/srv/a`.",
      ],
    },
  },
});
