import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "other commands": `
      FROM a:1
      RUN apt-get install -y vim
    `,
    "a service that is set up": `
      FROM a:1
      RUN service mysql start && mysql -e "CREATE DATABASE app" && service mysql stop
    `,
    "an editor that is told what to do": `
      FROM a:1
      RUN vim +PlugInstall +qall
    `,
    "a host whose key is noted": `
      FROM a:1
      RUN ssh -o StrictHostKeyChecking=no git@github.com || true
    `,
    "a script that starts a service": `
      FROM a:1
      RUN /etc/init.d/ssh start && /etc/init.d/ssh stop
    `,
    "the end of what the RUN has started": `
      FROM a:1
      RUN mysqld_safe & sleep 5 && mysql -e "CREATE DATABASE app" && kill $(cat /var/run/mysqld.pid)
    `,
  },
  reports: {
    "a service": {
      code: `
        FROM a:1
        RUN service cron start
            ^^^^^^^ remove
      `,
    },
    "a service that is started behind its settings": {
      code: `
        FROM a:1
        RUN a2enmod rewrite && service apache2 restart
                               ^^^^^^^ remove
      `,
    },
    "a service that is used, where the options say so": {
      code: `
        FROM a:1
        RUN service mysql start && mysql -e "CREATE DATABASE app"
            ^^^^^^^ remove
      `,
      options: { evenUsed: true },
    },
    "each of them": {
      code: `
        FROM a:1
        RUN ps && \\
            ^^ remove
          top
          ^^^ remove
      `,
    },
    "commands by option": {
      code: `
        FROM a:1
        RUN htop
            ^^^^ remove
      `,
      options: { commands: ["htop"] },
    },
  },
});
