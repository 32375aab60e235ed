/** What all clients send: one of each, within the limits of the Cloud API. */

/** The smallest PNG there is: one transparent pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export const link = {
  image: 'https://shop.example/shoe.jpg',
  video: 'https://shop.example/shoe.mp4',
  audio: 'https://shop.example/hello.mp3',
  document: 'https://shop.example/invoice.pdf',
  sticker: 'https://shop.example/hooray.webp',
};

export const place = { latitude: -23.56, longitude: -46.65, name: 'Shop', address: 'Rua A 1, São Paulo' };

export const contact = {
  name: { formatted_name: 'Lu Dias', first_name: 'Lu', last_name: 'Dias' },
  birthday: '1990-02-28',
  phones: [{ phone: '+55 11 99999-0000', type: 'WORK', wa_id: '5511999990000' }],
  emails: [{ email: 'lu@shop.example', type: 'WORK' }],
  urls: [{ url: 'https://shop.example', type: 'WORK' }],
  addresses: [{ street: 'Rua A 1', city: 'São Paulo', country: 'Brazil', country_code: 'br', type: 'WORK' }],
  org: { company: 'Shop', department: 'Sales', title: 'Clerk' },
};

/** An offer and an answer of WebRTC; nobody calls with them. */
export const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

export const flowJson = {
  version: '7.0',
  screens: [
    {
      id: 'DATES',
      title: 'Dates',
      terminal: true,
      layout: {
        type: 'SingleColumnLayout',
        children: [{ type: 'Footer', label: 'Done', 'on-click-action': { name: 'complete', payload: {} } }],
      },
    },
  ],
};
