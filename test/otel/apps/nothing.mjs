process.stdout.write('the app runs\n');
