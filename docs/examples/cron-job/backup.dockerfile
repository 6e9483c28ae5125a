from alpine:3.22
RUN apk add --no-cache bash postgresql17-client
COPY backup.sh /usr/local/bin/backup
run chmod +x /usr/local/bin/backup && \

    echo '0 3 * * * backup' > /etc/crontabs/root
CMD ["crond", "-f"]
