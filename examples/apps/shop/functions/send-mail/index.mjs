import { connect } from 'node:tls';

/** Says hello to the mail server; what it would write is not the point here. */
const greet = (password) =>
  new Promise((resolve, reject) => {
    const socket = connect(465, 'smtp.shop.example', () =>
      socket.end(`EHLO shop\r\nAUTH PLAIN ${password}\r\n`),
    );
    socket.once('close', resolve).once('error', reject);
  });

export async function handler() {
  await greet(process.env.SMTP_PASSWORD);
}
